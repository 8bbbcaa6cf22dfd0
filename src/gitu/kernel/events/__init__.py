"""What happened, told after commit: durable subscribers at least once, live ones in every process."""
