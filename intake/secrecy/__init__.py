"""涉密门: markings of secrecy in what a letter brings (GB/T 9704-2012 7.2.2; 保守国家秘密法)."""
