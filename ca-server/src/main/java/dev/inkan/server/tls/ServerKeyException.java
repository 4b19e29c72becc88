package dev.inkan.server.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The server's key file cannot be used; the message names the file and says how to mend it. */
public final class ServerKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerKeyException(Path file, String fault, String remedy, @Nullable Throwable cause) {
    super("TLS server key " + file + ": " + fault + ". " + remedy, cause);
  }
}
