package dev.inkan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Where and with what it was measured, without which figures say nothing. */
final class Machine {

  private static final List<String> PACKAGES =
      List.of("nginx-light", "golang-cfssl", "openssl", "wrk");

  private Machine() {}

  static void describe(Report report) {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    report.line(
        "%s · %d × %s, %.0f GiB · %s, Linux %s · load at the beginning: %s"
            .formatted(
                now,
                Runtime.getRuntime().availableProcessors(),
                find("/proc/cpuinfo", "(?m)^model name\\s*: (.*)$"),
                Double.parseDouble(find("/proc/meminfo", "MemTotal:\\s*(\\d+)")) / 1024 / 1024,
                find("/etc/os-release", "(?m)^PRETTY_NAME=\"?([^\"\n]*)"),
                System.getProperty("os.version"),
                load()));
    report.line(
        "JDK %s · Bouncy Castle %s · %s"
            .formatted(
                Runtime.version(),
                new BouncyCastleProvider().getVersionStr(),
                new BenchPki().providers().describe()));
    report.line(
        Child.run(
                List.of(
                    "bash",
                    "-c",
                    "dpkg-query -W -f='${Package} ${Version} · ' " + String.join(" ", PACKAGES)))
            .replaceFirst(" · \\s*$", ""));
  }

  /** How many processes wanted a processor of late: over one, five and fifteen minutes. */
  static String load() {
    return find("/proc/loadavg", "^(\\S+ \\S+ \\S+)");
  }

  private static String find(String file, String pattern) {
    try {
      Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
      return matcher.find() ? matcher.group(1).strip() : "?";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
