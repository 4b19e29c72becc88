package dev.inkan.server.backup;

import java.io.IOException;

/** What was read could not be written elsewhere; nothing is wrong with what was read. */
final class NoRoomException extends IOException {

  private static final long serialVersionUID = 1L;

  NoRoomException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
