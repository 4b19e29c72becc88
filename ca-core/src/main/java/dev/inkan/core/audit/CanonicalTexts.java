package dev.inkan.core.audit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Texts in a row as octets: for each its length in octets (four octets, the highest first) and its
 * UTF-8. An absent text is four octets of {@code FF}, so that no two rows are written alike.
 */
final class CanonicalTexts {

  private static final int ABSENT = -1;
  private static final int USUAL_OCTETS = 512;

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream(USUAL_OCTETS);

  CanonicalTexts add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    addLength(utf8.length);
    octets.write(utf8, 0, utf8.length);
    return this;
  }

  CanonicalTexts add(Optional<String> text) {
    if (text.isPresent()) {
      return add(text.get());
    }
    addLength(ABSENT);
    return this;
  }

  private void addLength(int length) {
    octets.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
  }

  byte[] octets() {
    return octets.toByteArray();
  }
}
