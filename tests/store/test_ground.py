"""The ground a database stands on."""

import multiprocessing
from pathlib import Path

import pytest

from sessions.store.ground import Hold, Unfit, check_disk, stand

MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
31 22 0:27 / /mnt rw,relatime - ext4 /dev/sdb1 rw
35 31 0:41 / /mnt/office rw,relatime - nfs4 server:/office rw
36 22 0:42 / /media/the\\040share rw,relatime shared:9 - cifs //server/share rw
37 22 0:43 / /home/me/far rw,relatime - fuse.sshfs me@far: rw
38 22 0:44 / /mnt/office/ssd rw,relatime - xfs /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    "folder", ["/mnt/office", "/mnt/office/var", "/media/the share/data", "/home/me/far/x"]
)
def test_a_disk_of_another_machine_is_refused(folder):
    with pytest.raises(Unfit) as unfit:
        check_disk(Path(folder), MOUNTS)
    assert unfit.value.code == "storage.elsewhere"


@pytest.mark.parametrize(
    "folder", ["/var/lib", "/mnt", "/mnt/officer", "/mnt/office/ssd/var", "/home/me/farther"]
)
def test_a_disk_of_this_machine_is_not(folder):
    check_disk(Path(folder), MOUNTS)


def test_two_processes_never_have_the_same_folder(tmp_path):
    with stand(tmp_path / "data") as mine:
        assert isinstance(mine, Hold)
        with multiprocessing.get_context("spawn").Pool(1) as other:
            assert other.apply(_can_stand, (tmp_path / "data",)) is False
    assert _can_stand(tmp_path / "data")


def _can_stand(folder: Path) -> bool:
    try:
        with stand(folder):
            return True
    except Unfit:
        return False
