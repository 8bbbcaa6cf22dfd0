"""What is held on people: each table and each store of files says whose it is, how long it stays, what erasing does."""
