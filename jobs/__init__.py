"""The jobs process: what happens without anybody looking."""
