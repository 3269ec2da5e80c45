"""What became of a hand-off's transfer PIN: until when it is good, how often it was missed, whether it was right."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("handoffs", sa.Column("pin_state", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Go back by restoring the backup made before the upgrade.")
