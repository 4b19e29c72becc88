package dev.inkan.server.doctor;

import dev.inkan.server.config.InkanConfig;
import dev.inkan.server.key.KeyFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code init} made and the server must not keep. */
final class LeftOvers implements Examination {

  private static final String PART = "left-overs";

  private final InkanConfig config;

  LeftOvers(InkanConfig config) {
    this.config = config;
  }

  @Override
  public List<Finding> examine() {
    Path folder = KeyFolder.of(config);
    List<Finding> findings = new ArrayList<>();
    if (Files.exists(folder.resolve("root.p12"))) {
      findings.add(
          Finding.warning(
              PART,
              folder.resolve("root.p12") + " is on this machine",
              "whoever takes it is the bank's root: nothing but a new root mends that",
              "copy it and its passphrase to two places that are not this machine, then delete"
                  + " both here"));
    }
    try (DirectoryStream<Path> credentials = Files.newDirectoryStream(folder, "operator-*.p12")) {
      credentials.forEach(file -> findings.add(operator(file)));
    } catch (IOException e) {
      findings.add(
          Finding.fault(
              PART,
              folder + " cannot be listed",
              "the server reads its keys there",
              "chown it to the server's user, or run doctor as that user"));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(PART, "none in " + folder));
    }
    return findings;
  }

  private static Finding operator(Path file) {
    return Finding.warning(
        PART,
        file + " is on this machine",
        "whoever takes it and its passphrase is that operator",
        "move it and its passphrase to the operator's PC by two ways, then delete both here");
  }
}
