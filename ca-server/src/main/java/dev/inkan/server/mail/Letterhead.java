package dev.inkan.server.mail;

import dev.inkan.server.config.BankConfig;
import java.time.ZoneId;

/** What every mail says of its sender, and the zone in which it tells times. */
public record Letterhead(String bank, String service, ZoneId zone, Helpdesk helpdesk) {

  /** Whom the reader calls. */
  public record Helpdesk(String name, String phone, String hours, String closedDays) {}

  /** The bank's own words. */
  public static Letterhead of(BankConfig bank) {
    BankConfig.Helpdesk helpdesk = bank.helpdesk();
    return new Letterhead(
        bank.name(),
        bank.serviceName(),
        bank.zone(),
        new Helpdesk(helpdesk.name(), helpdesk.phone(), helpdesk.hours(), helpdesk.closedDays()));
  }
}
