"""Sealed values open only with the right key, in the right column; an index finds without telling."""

from datetime import date

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from store.crypto import (
    EncryptedDate,
    EncryptedJson,
    EncryptedText,
    blind_index,
    blind_indexes,
    seal,
    unseal,
    use_secret,
)
from store.errors import CannotDecrypt, SecretMissing, SecretTooShort


class _Base(DeclarativeBase):
    pass


class Person(_Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    tin: Mapped[str | None] = mapped_column(EncryptedText("people.tin"))
    born: Mapped[date | None] = mapped_column(EncryptedDate("people.born"))
    more: Mapped[dict | None] = mapped_column(EncryptedJson("people.more"))


@pytest.fixture(autouse=True)
def _secret_again(secret):
    yield
    use_secret(secret)


def test_sealed_text_opens_again_and_never_looks_the_same():
    one, two = seal("people.tin", "900-70-1234"), seal("people.tin", "900-70-1234")
    assert one != two
    assert b"900" not in one
    assert unseal("people.tin", one) == unseal("people.tin", two) == "900-70-1234"


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(CannotDecrypt):
        unseal("people.phone", seal("people.tin", "900-70-1234"))


@pytest.mark.parametrize("place", [0, 3, 8, 20, -1])
def test_a_changed_bit_does_not_open(place):
    sealed = bytearray(seal("people.tin", "900-70-1234"))
    sealed[place] ^= 1
    with pytest.raises(CannotDecrypt):
        unseal("people.tin", bytes(sealed))


def test_old_values_open_and_are_found_while_keys_rotate():
    old, old_index = seal("people.tin", "x"), blind_index("tin", "900701234")
    use_secret("a newer secret for tests", "a secret for tests only")
    assert unseal("people.tin", old) == "x"
    assert old_index in blind_indexes("tin", "900701234")
    assert blind_index("tin", "900701234") != old_index
    use_secret("a newer secret for tests")
    with pytest.raises(CannotDecrypt, match="another secret"):
        unseal("people.tin", old)


def test_spellings_of_one_number_share_an_index():
    assert (
        blind_index("tin", "900-70-1234")
        == blind_index("tin", "900 70 1234")
        == blind_index("tin", "900701234")
    )
    assert blind_index("phone", "(512) 555-0143") == blind_index("phone", "+15125550143")
    assert blind_index("tin", "900701234") != blind_index("phone", "900701234")
    assert blind_index("tin", "900701234") != blind_index("tin", "900701235")


def test_no_secret_no_service():
    with pytest.raises(SecretMissing, match="ACS_SECRET"):
        use_secret("")
    with pytest.raises(SecretTooShort):
        use_secret("short")


def test_columns_keep_values_sealed(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'x.sqlite'}")
    _Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add(Person(id=1, tin="900-70-1234", born=date(1984, 3, 9), more={"name": "Rosa Ñ", "n": 2}))
        session.add(Person(id=2))
    with Session(engine) as session:
        rosa = session.get(Person, 1)
        assert (rosa.tin, rosa.born, rosa.more) == (
            "900-70-1234",
            date(1984, 3, 9),
            {"name": "Rosa Ñ", "n": 2},
        )
        assert session.get(Person, 2).tin is None
        session.execute(text("UPDATE people SET tin = more WHERE id = 1"))
        session.expire_all()
        with pytest.raises(CannotDecrypt):
            session.get(Person, 1)
    assert b"Rosa" not in (tmp_path / "x.sqlite").read_bytes()
