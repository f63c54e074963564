"""The parts of the Pipeline screen."""
