package dev.inkan.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the parts of an installation lie.
 *
 * @param configuration the configuration file
 * @param named files that the configuration names, by their keys in it; they need not be there
 * @param keys the folder with whatever else the installation made: operators' credentials, the
 *     chain, the ceremony's transcript
 * @param journal the journal
 * @param crls the folder with the published CRLs
 */
public record Installation(
    Path configuration, Map<String, Path> named, Path keys, Path journal, Path crls) {

  static final String CONFIGURATION = "configuration";
  static final String DATABASE = "database";
  static final String JOURNAL = "journal";
  private static final String NAMED = "named/";
  private static final String KEYS = "keys/";
  private static final String CRLS = "crl/";

  // The root's key is kept apart from every server, and so from every server's backup.
  private static final Set<String> ROOT = Set.of("root.p12", "root.passphrase");

  public Installation {
    named = Map.copyOf(named);
  }

  /** Every file that is there but database and journal, by its name in a backup. */
  Map<String, Path> files() throws IOException {
    Map<String, Path> files = new TreeMap<>();
    files.put(CONFIGURATION, configuration);
    named.forEach(
        (key, file) -> {
          if (Files.isRegularFile(file)) {
            files.put(NAMED + key, file);
          }
        });
    List<Path> already = List.copyOf(files.values());
    for (Path file : filesIn(keys)) {
      if (!already.contains(file) && !ROOT.contains(file.getFileName().toString())) {
        files.put(KEYS + file.getFileName(), file);
      }
    }
    for (Path file : filesIn(crls)) {
      // What is being written has a name that begins with a dot, and is none of ours yet.
      plain(file.getFileName().toString()).ifPresent(name -> files.put(CRLS + name, file));
    }
    return files;
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Where a file of a backup goes; nowhere if this installation has no such place. */
  Optional<Path> placeOf(String name) {
    if (name.equals(CONFIGURATION)) {
      return Optional.of(configuration);
    }
    if (name.startsWith(NAMED)) {
      return Optional.ofNullable(named.get(name.substring(NAMED.length())));
    }
    if (name.startsWith(KEYS)) {
      return plain(name.substring(KEYS.length())).map(keys::resolve);
    }
    if (name.startsWith(CRLS)) {
      return plain(name.substring(CRLS.length())).map(crls::resolve);
    }
    return Optional.empty();
  }

  static boolean isOfKeys(String name) {
    return name.startsWith(KEYS) || name.startsWith(NAMED);
  }

  /** Whether a running server may take the file away at any moment, since a newer one is there. */
  static boolean isPassing(String name) {
    return name.startsWith(CRLS);
  }

  // A name never leads out of its folder, whoever wrote the backup.
  private static Optional<String> plain(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") ? Optional.of(name) : Optional.empty();
  }
}
