package dev.inkan.server.status;

import java.util.Optional;

/**
 * What the status listener serves by GET and HEAD under fixed paths: CRLs, issuer certificates.
 * Called by the listener's own threads, which must not wait: an answer comes from memory, without
 * the database and without signing. Safe for use by several threads.
 */
@FunctionalInterface
public interface Publication {

  /**
   * What is published under this path at this moment; empty if nothing ever is or nothing is yet,
   * which the listener answers with 404.
   *
   * @param path as in the request, such as {@code /crl/issuing.crl}, without query
   */
  Optional<PublishedFile> find(String path);
}
