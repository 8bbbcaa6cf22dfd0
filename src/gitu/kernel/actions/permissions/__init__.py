"""What delegates may do for a person: grants with limits, and the question whether one of them covers a call."""
