package dev.inkan.server.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;

/**
 * What a backup says of itself.
 *
 * @param format the version of the file's form
 * @param program the version of Inkan that made it
 * @param madeAt ISO 8601, UTC
 * @param node the server whose journal is in it
 * @param issuer SHA-256 of the issuing CA's certificate, in hexadecimal: another's backup is
 *     refused
 * @param files everything else in it, in this order
 */
public record BackupManifest(
    int format, String program, String madeAt, String node, String issuer, List<Content> files) {

  static final int FORMAT = 1;
  static final String NAME = "manifest.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  public BackupManifest {
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param name where it goes: {@code database}, {@code journal}, {@code keys/NAME}, {@code
   *     crl/NAME} or {@code configuration}
   * @param octets its length
   * @param sha256 in hexadecimal
   */
  public record Content(String name, long octets, String sha256) {}

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts can be written", e);
    }
  }

  static BackupManifest parse(byte[] json) {
    try {
      JsonNode read = JSON.readTree(json);
      int format = read.path("format").asInt();
      // Before anything else: of another form the rest may be anything.
      if (format != FORMAT) {
        throw new BackupException(
            "the backup has the form "
                + format
                + " and this program reads "
                + FORMAT
                + ": restore it with Inkan "
                + read.path("program").asText("of another version")
                + ". Nothing was changed.");
      }
      return JSON.treeToValue(read, BackupManifest.class);
    } catch (IOException e) {
      throw new BackupException("the backup's manifest cannot be read", e);
    }
  }
}
