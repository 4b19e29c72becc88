package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CrlNumber;
import dev.inkan.core.certificate.Pem;
import dev.inkan.core.crl.CrlDamagedException;
import dev.inkan.core.crl.CrlReader;
import dev.inkan.core.crl.CrlSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of published CRLs: {@code NAME.crl}, {@code NAME-delta.crl} and {@code chain.pem}.
 * Each file is written beside the old one, checked, and put in its place at once; whatever fails,
 * the old one stays and is served. Files are served under names of their own, so that an answer
 * under way never mixes two. One thread publishes; any number read.
 */
public final class CrlFolder implements Publication {

  private static final String CRL = "application/pkix-crl";
  private static final String PEM = "application/x-pem-file";
  private static final String CHAIN = "chain.pem";

  private final Path folder;
  private final Path served;
  private final Map<CaName, CrlReader> readers;
  private final Map<CaName, CrlNumber> numbers = new ConcurrentHashMap<>();
  private final Map<CaName, Times> times = new ConcurrentHashMap<>();
  private final Map<String, PublishedFile> published = new ConcurrentHashMap<>();
  private final Map<String, PublishedFile> before = new ConcurrentHashMap<>();
  private final Map<PublishedFile, PublishedCrl> crls = new ConcurrentHashMap<>();

  /**
   * @param readers of the root and of every issuing CA below it, by their names
   */
  public CrlFolder(Path folder, Map<CaName, CrlReader> readers) {
    this.folder = folder;
    this.served = folder.resolve("served");
    this.readers = Map.copyOf(readers);
  }

  /** Takes up what was published before the process started; what is damaged is not. */
  public List<String> open() throws IOException {
    Files.createDirectories(served);
    List<String> damaged = new ArrayList<>();
    for (CaName ca : readers.keySet()) {
      takeUp(ca, ca + ".crl").ifPresent(damaged::add);
      takeUp(ca, ca + "-delta.crl").ifPresent(damaged::add);
    }
    if (isWhole()) {
      writeChain();
    }
    return damaged;
  }

  /** Whether there are CRLs of a whole chain. Another issuing CA that is late holds up nobody. */
  private boolean isWhole() {
    return numbers.keySet().containsAll(readers.keySet())
        || (numbers.containsKey(CaName.ROOT) && numbers.size() > 1);
  }

  /** The number of the full CRL of this CA that is published now. */
  public Optional<CrlNumber> number(CaName ca) {
    return Optional.ofNullable(numbers.get(ca));
  }

  /** When the full CRL of this CA that is published now was signed, and until when it counts. */
  public Optional<Times> times(CaName ca) {
    return Optional.ofNullable(times.get(ca));
  }

  /** Of a CRL. */
  public record Times(Instant signedAt, Instant nextUpdate) {}

  @Override
  public Optional<PublishedFile> find(String path) {
    return path.startsWith("/crl/")
        ? Optional.ofNullable(published.get(path.substring("/crl/".length())))
        : Optional.empty();
  }

  /** A CRL that is published, and how long it is in octets. */
  public record PublishedCrl(CrlSummary summary, long octets) {}

  /** What the CRL at {@code path} says, if one is there. */
  public Optional<PublishedCrl> describe(String path) {
    return find(path).flatMap(file -> Optional.ofNullable(crls.get(file)));
  }

  /** Where the octets come from. */
  @FunctionalInterface
  public interface Source {

    /** Writes them; false if they are no longer there. */
    boolean writeTo(CrlStore.Kind kind, OutputStream out) throws IOException;
  }

  /**
   * Publishes a full CRL and its delta.
   *
   * @return false if the source has them no longer, or what is published is as new
   * @throws CrlDamagedException if one is not what it should be; the old ones stay
   */
  public boolean publish(SignedCrl crl, Source source) throws IOException, CrlDamagedException {
    CaName ca = crl.ca();
    if (number(ca).filter(it -> !crl.number().isAfter(it)).isPresent()) {
      return false;
    }
    Files.createDirectories(served);
    Optional<Made> full = make(crl, CrlStore.Kind.FULL, source);
    Optional<Made> delta =
        crl.deltaBase().isPresent() ? make(crl, CrlStore.Kind.DELTA, source) : Optional.empty();
    if (full.isEmpty() || (crl.deltaBase().isPresent() && delta.isEmpty())) {
      return false;
    }
    if (delta.isPresent()) {
      place(delta.get(), ca + "-delta.crl", crl.signedAt());
    }
    place(full.get(), ca + ".crl", crl.signedAt());
    numbers.put(ca, crl.number());
    times.put(ca, new Times(crl.signedAt(), crl.nextUpdate()));
    if (isWhole()) {
      writeChain();
    }
    deleteOld();
    return true;
  }

  private Optional<Made> make(SignedCrl crl, CrlStore.Kind kind, Source source)
      throws IOException, CrlDamagedException {
    Path file = served.resolve(crl.ca() + "-" + crl.number() + "-" + kind + ".crl");
    Optional<String> digest = LastingFile.write(file, out -> source.writeTo(kind, out));
    if (digest.isEmpty()) {
      return Optional.empty();
    }
    CrlSummary read = reader(crl.ca()).read(file);
    boolean asAnnounced =
        read.number().equals(crl.number())
            && read.base().equals(kind == CrlStore.Kind.FULL ? Optional.empty() : crl.deltaBase());
    if (!asAnnounced) {
      throw new IOException("CRL " + crl.number() + " of " + crl.ca() + " came as " + read);
    }
    return Optional.of(new Made(file, digest.get(), Optional.of(read)));
  }

  /**
   * @param crl empty for what is none
   */
  private record Made(Path file, String digest, Optional<CrlSummary> crl) {}

  CrlReader reader(CaName ca) {
    return Optional.ofNullable(readers.get(ca))
        .orElseThrow(() -> new IllegalArgumentException("no CA " + ca + " publishes here"));
  }

  /** Gives the file its public name, at once and for good. */
  private void place(Made made, String name, Instant at) throws IOException {
    Files.setLastModifiedTime(made.file(), FileTime.from(at));
    Path beside = folder.resolve("." + name + ".new");
    Files.deleteIfExists(beside);
    LastingFile.link(made.file(), beside);
    Files.move(
        beside,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    LastingFile.force(folder);
    PublishedFile newest =
        new PublishedFile(
            name.endsWith(".pem") ? PEM : CRL,
            new PublishedFile.Content.File(made.file()),
            made.digest(),
            at,
            // A revocation is to be seen at once: caches ask each time, and 304 is cheap.
            Optional.empty());
    if (made.crl().isPresent()) {
      crls.put(newest, new PublishedCrl(made.crl().get(), Files.size(made.file())));
    }
    Optional.ofNullable(published.put(name, newest)).ifPresent(it -> before.put(name, it));
  }

  /** The CRLs of the whole chain in PEM, without which nginx, HAProxy and Apache refuse all. */
  private void writeChain() throws IOException {
    StringBuilder name = new StringBuilder("chain");
    List<CaName> order =
        numbers.keySet().stream().sorted((a, b) -> b.value().compareTo(a.value())).toList();
    order.forEach(ca -> name.append('-').append(ca).append('-').append(numbers.get(ca)));
    Path file = served.resolve(name + ".pem");
    String digest =
        LastingFile.write(
                file,
                out -> {
                  for (CaName ca : order) {
                    try (InputStream in = Files.newInputStream(folder.resolve(ca + ".crl"))) {
                      Pem.crl(in, out);
                    }
                  }
                  return true;
                })
            .orElseThrow();
    Instant newest = Instant.EPOCH;
    for (CaName ca : order) {
      Instant at = Files.getLastModifiedTime(folder.resolve(ca + ".crl")).toInstant();
      newest = at.isAfter(newest) ? at : newest;
    }
    place(new Made(file, digest, Optional.empty()), CHAIN, newest);
  }

  private Optional<String> takeUp(CaName ca, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      CrlSummary read = reader(ca).read(file);
      String hex = LastingFile.digest(file);
      Path own = served.resolve(hex + ".crl");
      Files.deleteIfExists(own);
      LastingFile.link(file, own);
      place(
          new Made(own, hex, Optional.of(read)), name, Files.getLastModifiedTime(file).toInstant());
      if (read.base().isEmpty()) {
        numbers.put(ca, read.number());
        Instant signedAt = Files.getLastModifiedTime(file).toInstant();
        times.put(ca, new Times(signedAt, read.nextUpdate()));
      }
      return Optional.empty();
    } catch (CrlDamagedException e) {
      return Optional.of(file + " is not served: " + e.getMessage());
    }
  }

  /** What is served and what was before it stay, for the answers under way. */
  private void deleteOld() throws IOException {
    crls.keySet().retainAll(published.values());
    Set<PublishedFile.Content> kept =
        Stream.concat(published.values().stream(), before.values().stream())
            .map(PublishedFile::content)
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(served)) {
      for (Path file : files.toList()) {
        if (!kept.contains(new PublishedFile.Content.File(file))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
