"""The parts of screens about channels: the list, adding one, changing one, its log."""
