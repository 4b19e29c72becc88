package dev.inkan.server.status;

import java.time.Instant;
import java.util.Optional;

/**
 * A response in DER and whether others may keep it. Immutable: nobody changes the array.
 *
 * @param caching empty for what nobody may keep: refusals, {@code unknown}, answers to a nonce
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record OcspAnswer(byte[] octets, Optional<Caching> caching) {

  /**
   * How long others may keep the answer.
   *
   * @param etag a strong entity tag, without quotation marks
   */
  public record Caching(String etag, Instant lastModified, Instant nextUpdate) {}
}
