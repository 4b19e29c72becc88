package dev.inkan.server.backup;

import static java.util.Objects.requireNonNull;

import dev.inkan.core.key.Passphrase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Backups that somebody who knows the passphrase made otherwise. */
public final class Rewritten {

  private static final int FEW_ROUNDS = 1000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Rewritten() {}

  /** As {@code backup}, its files changed by {@code change}, its manifest true. */
  public static void write(
      Path backup, Passphrase passphrase, Path into, Consumer<Map<String, byte[]>> change) {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try {
      new BackupFile(RANDOM).read(backup, passphrase, in -> in.transferTo(zip));
      Map<String, byte[]> files = files(zip.toByteArray());
      BackupManifest was = BackupManifest.parse(requireNonNull(files.remove(BackupManifest.NAME)));
      change.accept(files);
      files.put(BackupManifest.NAME, manifest(was, files).toJson());
      seal(into, passphrase, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> files(byte[] zip) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  static BackupManifest manifest(BackupManifest was, Map<String, byte[]> files) {
    List<BackupManifest.Content> contents = new ArrayList<>();
    files.forEach(
        (name, octets) ->
            contents.add(
                new BackupManifest.Content(
                    name,
                    octets.length,
                    HexFormat.of().formatHex(Backup.sha256().digest(octets)))));
    return new BackupManifest(
        was.format(), was.program(), was.madeAt(), was.node(), was.issuer(), contents);
  }

  /** With few rounds, so that many can be opened in a test. */
  static void seal(Path into, Passphrase passphrase, Map<String, byte[]> files) throws IOException {
    new BackupFile(RANDOM, FEW_ROUNDS)
        .write(
            into,
            passphrase,
            out -> {
              ZipOutputStream zip = new ZipOutputStream(out);
              for (Map.Entry<String, byte[]> each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
              }
              zip.finish();
            });
  }
}
