"""Facts with their sources and voices, and the checks that refuse a bad one."""
