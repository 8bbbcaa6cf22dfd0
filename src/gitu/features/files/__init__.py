"""Files of the folders that a person may use: read, changed with a way back, and logged."""
