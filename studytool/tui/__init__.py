"""The full screen: Textual screens and widgets over the learner's desk."""
