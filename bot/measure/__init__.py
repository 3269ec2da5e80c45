"""How well does the line understand? Figures, noise, twins, and the page docs/understanding.md."""
