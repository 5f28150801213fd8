"""How the service is: checks of what it depends on, its state, alarms, readiness."""
