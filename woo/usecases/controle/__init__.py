"""Everything that is wrong with a publicatie, told at once before it becomes public."""

from woo.usecases.controle.controleren import check_publication, validate_publication

__all__ = ["check_publication", "validate_publication"]
