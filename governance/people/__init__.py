"""People, departments, roles and the monitoring notice."""
