package dev.inkan.core.authority;

import java.util.List;

/**
 * What a ceremony made. Nothing is stored anywhere yet.
 *
 * @param root to be written to a file of its own and taken offline
 * @param transcript the lines to print, sign and keep
 */
public record CeremonyResult(CertifiedKey root, CertifiedKey issuing, List<String> transcript) {

  public CeremonyResult {
    transcript = List.copyOf(transcript);
  }
}
