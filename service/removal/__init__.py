"""Letters whose content is removed: erased or destroyed by a person, erased when their time is over, kept away."""
