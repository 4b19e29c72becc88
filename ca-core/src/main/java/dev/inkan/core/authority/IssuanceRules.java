package dev.inkan.core.authority;

import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.core.policy.KeyPolicy;
import java.time.ZoneId;

/** The rules that decide whether a certificate is issued. */
public record IssuanceRules(IssuancePolicy issuance, ClockPolicy clock, KeyPolicy keys) {

  /** The bank's numbers, by the calendar of {@code zone}. */
  public static IssuanceRules bank(ZoneId zone) {
    return new IssuanceRules(IssuancePolicy.bank(zone), ClockPolicy.BANK, KeyPolicy.BANK);
  }
}
