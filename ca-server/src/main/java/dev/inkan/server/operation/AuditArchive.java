package dev.inkan.server.operation;

import dev.inkan.core.api.AuditCheckpoint;
import java.io.IOException;
import java.io.OutputStream;

/** The chained audit log as it leaves the server. Thread-safe. */
public interface AuditArchive {

  /** Events from number {@code from} on with their hashes. */
  Export export(long from);

  /** The newest signed head of the chain. */
  AuditCheckpoint checkpoint();

  /** Writes itself, one JSON object a line. */
  @FunctionalInterface
  interface Export {

    void writeTo(OutputStream out) throws IOException;
  }
}
