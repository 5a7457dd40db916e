"""Kernels behind sockets of their user's: others can listen to a port, or take it first on a busy machine."""

from __future__ import annotations

import os
import tempfile
from typing import Any
from uuid import uuid4

from jupyter_client.connect import ConnectionFileMixin
from jupyter_client.manager import AsyncKernelManager, KernelManager
from traitlets import default

from analysis.publish.forked import ForkedProvisioner

SOCKET_PATH = 90  # characters that the address of a socket may have on any system, less its own number


class OverSockets(ConnectionFileMixin):
    """What a manager of kernels says of their addresses; Windows has ports alone."""

    @default("connection_file")
    def _in_the_temporary_folder(self) -> str:
        # one that is not named is looked for in the folder of the notebook by one side alone
        return os.path.join(tempfile.gettempdir(), f"kernel-{uuid4().hex[:8]}.json")

    @default("transport")
    def _sockets_where_they_can_be(self) -> str:
        return "ipc" if os.name == "posix" and len(self.connection_file) < SOCKET_PATH else "tcp"


class Kernel(OverSockets, AsyncKernelManager):
    """A kernel of a build, forked where that can be."""

    async def _async_pre_start_kernel(self, **settings: Any) -> Any:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or str(uuid4())
            self.provisioner = ForkedProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**settings)


class WaitedFor(OverSockets, KernelManager):
    """A kernel for callers that wait for each answer, such as nbval."""
