package dev.inkan.server.client;

import dev.inkan.core.certificate.SerialNumber;
import java.nio.file.Path;

/**
 * One certificate that clients ask about.
 *
 * @param pem the file it is in
 * @param foreign whether another CA of our CA's name signed it
 * @param ended whether it is past its validity
 */
public record Leaf(SerialNumber serialNumber, Path pem, boolean foreign, boolean ended) {

  /** The same file in DER. */
  public Path der() {
    return pem.resolveSibling(pem.getFileName().toString().replace(".pem", ".der"));
  }
}
