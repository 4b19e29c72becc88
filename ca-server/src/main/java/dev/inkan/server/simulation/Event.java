package dev.inkan.server.simulation;

import java.util.Locale;

/** What happens on a day beside the mails, in the order in which it is told. */
public enum Event {
  /** The renewal window of a user's certificate opens. */
  RENEWAL_OPENS("renewal opens"),
  /** The last day of a user's certificate that was not renewed. */
  CERTIFICATE_ENDS("last day of a certificate not renewed"),
  INITIAL_PASSWORD_ENDS("initial password ends unused"),
  INVITATION_ENDS("letter to a master user ends unused, organisation"),
  LOCK_ENDS("lock ends"),
  OWN_CERTIFICATE_ENDS_IN_A_YEAR("a year before the last day of our own"),
  OWN_CERTIFICATE_ENDS_IN_A_MONTH("a month before the last day of our own"),
  OWN_CERTIFICATE_ENDS_IN_A_WEEK("a week before the last day of our own"),
  OWN_CERTIFICATE_ENDS("LAST DAY OF OUR OWN");

  private final String words;

  Event(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** As programs read it. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
