package dev.inkan.core.ocsp;

/** What became of octets that should be a request. */
public sealed interface OcspReading {

  /** They are one. */
  record Understood(OcspRequest request) implements OcspReading {}

  /**
   * They are none, or none that is answered.
   *
   * @param why for a log at its most talkative; holds nothing of the octets
   */
  record Refused(OcspRefusal refusal, String why) implements OcspReading {}
}
