using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Security;

/// <summary>The files of <c>--certificate</c> and <c>--key</c>, in PEM, as certificate authorities hand them out.</summary>
internal static class CertificateFiles
{
    /// <param name="certificate">The dashboard's own first, those that signed it after it.</param>
    /// <param name="key">Its private key, without a password.</param>
    /// <exception cref="IOException">A file is there, but cannot be read.</exception>
    public static Checked<X509Certificate2Collection> Read(string certificate, string key)
    {
        List<string> mistakes = [];
        if (!File.Exists(certificate)) mistakes.Add($"--certificate: there is no file {Shown.As(certificate, 200)}; name one in PEM");
        if (!File.Exists(key)) mistakes.Add($"--key: there is no file {Shown.As(key, 200)}; name the certificate's private key, in PEM");
        else if (SecretFile.IsOpenToAll(key))
            mistakes.Add($"{Shown.OneLine(key)} can be read by every user of this machine: chmod 600 {Shown.OneLine(key)}");
        if (mistakes.Count > 0) return Checked<X509Certificate2Collection>.Wrong(mistakes);
        try
        {
            X509Certificate2Collection all = [];
            all.ImportFromPemFile(certificate);
            using var own = X509Certificate2.CreateFromPemFile(certificate, key);
            // With a key that was read from text, TLS works on every system only once it has been through this form.
            var usable = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
            return Checked<X509Certificate2Collection>.Right([usable, .. all.Skip(1)]);
        }
        catch (CryptographicException wrong)
        {
            return Checked<X509Certificate2Collection>.Wrong(
                $"--certificate {Shown.OneLine(certificate)} and --key {Shown.OneLine(key)} do not go together: "
                + $"{Shown.OneLine(wrong.Message).TrimEnd('.')}; name a certificate and its own key, both in PEM and without a password");
        }
    }
}
