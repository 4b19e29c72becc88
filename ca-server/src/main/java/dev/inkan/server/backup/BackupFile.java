package dev.inkan.server.backup;

import dev.inkan.core.key.Passphrase;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JcePasswordAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * A file that only a passphrase opens: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084)
 * under a key wrapped for a password recipient (RFC 3211), PBKDF2 with HMAC-SHA-256. OpenSSL opens
 * it too: {@code openssl cms -decrypt -inform DER -pwri_password ...}. Thread-safe.
 */
final class BackupFile {

  /** Somebody may choose the passphrase and carry the file about: what OWASP names. */
  private static final int ROUNDS = 600_000;

  /** End of contents, the seal's 16 octets, which may be any (-1), three ends of contents. */
  private static final byte[] END = {
    0, 0, 4, 16, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0
  };

  private static final int SALT_OCTETS = 16;
  private static final int BUFFER = 1 << 16;

  private final BouncyCastleProvider provider = new BouncyCastleProvider();
  private final SecureRandom random;
  private final int rounds;

  BackupFile(SecureRandom random) {
    this(random, ROUNDS);
  }

  /**
   * @param rounds of the passphrase's derivation, when one is written; what is read says its own
   */
  BackupFile(SecureRandom random, int rounds) {
    this.random = random;
    this.rounds = rounds;
  }

  /** Writes what is to be in it. */
  interface Writing {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a new file, which its owner alone can read, and forces it to the disk. */
  void write(Path file, Passphrase passphrase, Writing content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      try (OutputStream sealing = sealing(out, passphrase)) {
        content.writeTo(sealing);
      }
      out.flush();
      channel.force(true);
    }
  }

  private OutputStream sealing(OutputStream out, Passphrase passphrase) throws IOException {
    byte[] salt = new byte[SALT_OCTETS];
    random.nextBytes(salt);
    var generator = new CMSAuthEnvelopedDataStreamGenerator();
    try {
      generator.addRecipientInfoGenerator(
          new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES256_CBC, passphrase.toCharArray())
              .setProvider(provider)
              .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8)
              .setPRF(PasswordRecipient.PRF.HMacSHA256)
              .setSaltAndIterationCount(salt, rounds)
              .setSecureRandom(random));
      return generator.open(
          out,
          (OutputAEADEncryptor)
              new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                  .setProvider(provider)
                  .setSecureRandom(random)
                  .build());
    } catch (CMSException e) {
      throw new IllegalStateException("AES and PBKDF2 are in every provider", e);
    }
  }

  /** Reads what is in it; nothing of it is to be believed before {@link #read} returned. */
  interface Reading {
    void readFrom(InputStream in) throws IOException;
  }

  /**
   * Hands over the whole content. Nothing of it is to be believed unless this returns: the seal is
   * at the end.
   *
   * @throws BackupException if the passphrase is wrong, or one octet is not as it was written
   */
  void read(Path file, Passphrase passphrase, Reading reading) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      requireEnd(file);
      var parser = new CMSAuthEnvelopedDataParser(in);
      Collection<RecipientInformation> recipients = parser.getRecipientInfos().getRecipients();
      Iterator<RecipientInformation> only = recipients.iterator();
      if (!only.hasNext()) {
        throw new BackupException(file + " is sealed for nobody: it is not a backup");
      }
      try (InputStream opened =
          only.next()
              .getContentStream(
                  new JcePasswordAuthEnvelopedRecipient(passphrase.toCharArray())
                      .setProvider(provider)
                      .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8))
              .getContentStream()) {
        reading.readFrom(opened);
        // The seal is only looked at by who reads to the end.
        opened.transferTo(OutputStream.nullOutputStream());
      }
      parser.close();
    } catch (CMSException | RuntimeException e) {
      throw refused(file, e);
    } catch (IOException e) {
      if (isDamage(e)) {
        throw refused(file, e);
      }
      throw e;
    }
  }

  /**
   * What ends the parts of indefinite length (X.690, section 8.1.5) parsers do not look at: before
   * the seal, and after it.
   */
  private static void requireEnd(Path file) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(END.length);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(Math.max(0, channel.size() - END.length));
      while (end.hasRemaining() && channel.read(end) >= 0) {
        // the rest
      }
    }
    boolean right = !end.hasRemaining();
    for (int i = 0; i < END.length; i++) {
      right &= END[i] < 0 || END[i] == end.get(i);
    }
    if (!right) {
      throw new EOFException("its end is not as it was written");
    }
  }

  private static boolean isDamage(IOException e) {
    return !(e instanceof FileSystemException || e instanceof NoRoomException);
  }

  private static BackupException refused(Path file, Exception e) {
    if (e instanceof BackupException already) {
      return already;
    }
    return new BackupException(
        file + " cannot be opened: the passphrase is wrong, or the file is damaged or cut", e);
  }
}
