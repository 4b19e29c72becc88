package dev.inkan.server.status;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One resource of the status listener as it stands at one moment. The listener adds the headers:
 * {@code Content-Length}, {@code ETag}, {@code Last-Modified}, and {@code Expires} with {@code
 * Cache-Control: max-age} up to {@link #nextUpdate}; it answers 304 and HEAD.
 *
 * @param contentType such as {@code application/pkix-crl}, sent exactly so
 * @param content the octets
 * @param etag a strong entity tag, without its quotation marks; another content has another one
 * @param lastModified when this content came to be; sent to the second
 * @param nextUpdate until when it may be cached; empty if it must be asked for again every time
 */
public record PublishedFile(
    String contentType,
    Content content,
    String etag,
    Instant lastModified,
    Optional<Instant> nextUpdate) {

  /** Where the octets are. */
  public sealed interface Content {

    /** In memory. The array is handed over: nobody changes it afterwards. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Octets(byte[] octets) implements Content {}

    /**
     * In a file, which is read anew for each request and never changed in place: a newer content is
     * renamed over it or has another name.
     */
    record File(Path file) implements Content {}
  }
}
