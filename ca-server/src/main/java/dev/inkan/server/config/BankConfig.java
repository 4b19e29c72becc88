package dev.inkan.server.config;

import dev.inkan.server.config.Allowed.Form;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/** Who the bank is, in the words its users read. The defaults are a made-up bank. */
public interface BankConfig {

  /** One line that a person reads. */
  String LINE = "(?=.*\\S)[^\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}<>]{1,80}";

  /** {@link #LINE} in words. */
  String LINE_SAYS = "one line of 1-80 characters without control characters, < and >";

  @WithDefault("みほん労働金庫")
  @Form(pattern = LINE, says = LINE_SAYS)
  String name();

  @WithDefault("賃金控除事務支援システム")
  @Form(pattern = LINE, says = LINE_SAYS)
  String serviceName();

  /** The zone of the bank's calendar (A1, A3). */
  @WithDefault("Asia/Tokyo")
  ZoneId zone();

  Helpdesk helpdesk();

  /** Whom users call. */
  interface Helpdesk {
    @WithDefault("みほん労働金庫 ヘルプデスク")
    @Form(pattern = LINE, says = LINE_SAYS)
    String name();

    @WithDefault("00-0000-0000")
    @Form(pattern = "[0-9+() -]{3,30}", says = "3-30 of 0-9 + ( ) - and space")
    String phone();

    @WithDefault("9:00〜17:00")
    @Form(pattern = LINE, says = LINE_SAYS)
    String hours();

    @WithDefault("土・日・祝日、12月31日〜1月3日")
    @Form(pattern = LINE, says = LINE_SAYS)
    String closedDays();
  }
}
