"""Several arrangements in the same futures, side by side: the main job, put together from the other folders."""
