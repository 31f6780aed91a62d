"""Files to read in, each with its pages read out, by as many processes as are wanted.

On the command's side `pool` and `jobs` hand out work, `team` and `launch` start, hear and bury the processes;
`server` and `child` are those processes, which `limits` binds.
"""
