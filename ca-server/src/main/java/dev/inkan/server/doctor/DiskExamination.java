package dev.inkan.server.doctor;

import dev.inkan.server.config.InkanConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Room where the server writes. */
final class DiskExamination implements Examination {

  private static final String PART = "disk";
  private static final long MEBI = 1L << 20;
  private static final long TOO_LITTLE = 100 * MEBI;
  private static final long LITTLE = 1024 * MEBI;
  private static final String H2 = "jdbc:h2:file:";

  private final InkanConfig config;
  private final ToLongFunction<Path> freeOctets;

  DiskExamination(InkanConfig config, ToLongFunction<Path> freeOctets) {
    this.config = config;
    this.freeOctets = freeOctets;
  }

  @Override
  public List<Finding> examine() {
    Map<String, Path> places = new LinkedHashMap<>();
    String url = config.database().url();
    if (url.startsWith(H2)) {
      places.put("the database", Path.of(url.substring(H2.length())));
    }
    if (!config.roles().isStatusAlone()) {
      places.put("the journal", config.journal().file());
    }
    places.put("CRLs", config.crl().folder());
    config.backup().folder().ifPresent(it -> places.put("backups", it));
    List<Finding> findings = new ArrayList<>();
    places.forEach((what, place) -> findings.add(room(what, existing(place))));
    return findings;
  }

  private Finding room(String what, Path folder) {
    long free = freeOctets.applyAsLong(folder);
    String found = free / MEBI + " MiB free for " + what + " in " + folder;
    String why = "when the disk is full nothing is issued or revoked, and no CRL is published";
    String mend = "make room there, or move it to a larger disk";
    if (!Files.isWritable(folder)) {
      return Finding.fault(
          PART,
          folder + " cannot be written by this user, and " + what + " must be",
          "the server cannot work",
          "chown it to the server's user, or run doctor as that user");
    }
    if (free < TOO_LITTLE) {
      return Finding.fault(PART, found, why, mend);
    }
    return free < LITTLE ? Finding.warning(PART, found, why, mend) : Finding.ok(PART, found);
  }

  /** The nearest folder that is there already. */
  private static Path existing(Path place) {
    Path folder = place.toAbsolutePath();
    while (!Files.isDirectory(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }
}
