package dev.inkan.core.crl;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The encoded entries of one CRL, whose number and length are known before they are read. They can
 * be read again and again, and come out the same.
 */
public interface CrlEntries {

  /** Of a CRL that revokes nothing. */
  CrlEntries NONE =
      new CrlEntries() {
        @Override
        public long count() {
          return 0;
        }

        @Override
        public long octets() {
          return 0;
        }

        @Override
        public void writeTo(OutputStream out) {
          // nothing
        }
      };

  /** How many there are. */
  long count();

  /** How long they are altogether. */
  long octets();

  /** Writes them one after the other, in blocks. */
  void writeTo(OutputStream out) throws IOException;
}
