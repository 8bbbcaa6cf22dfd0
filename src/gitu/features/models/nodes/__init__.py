"""Inference nodes: machines that run ``gitu node``, looked at all the time, so that no request waits for a dead one."""
