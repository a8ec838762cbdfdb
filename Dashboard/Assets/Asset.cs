using System.Security.Cryptography;

namespace Sweeps.Dashboard.Assets;

/// <summary>A file that pages need, part of this program. Its address has a hash of its bytes, so that browsers may keep it for ever.</summary>
public sealed class Asset
{
    private Asset(string file, string contentType)
    {
        using var resource = typeof(Asset).Assembly.GetManifestResourceStream($"{typeof(Asset).Namespace}.{file}")
            ?? throw new InvalidOperationException($"{file} is not embedded");
        Bytes = new byte[resource.Length];
        resource.ReadExactly(Bytes);
        ContentType = contentType;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Bytes))[..12];
        Name = $"{Path.GetFileNameWithoutExtension(file)}-{hash}{Path.GetExtension(file)}";
    }

    /// <summary>Looks.</summary>
    public static Asset Style { get; } = new("sweeps.css", "text/css; charset=utf-8");

    /// <summary>The mark in a browser's tab.</summary>
    public static Asset Icon { get; } = new("icon.svg", "image/svg+xml");

    /// <summary>Keeps pages up to date.</summary>
    public static Asset Live { get; } = new("live.js", "text/javascript; charset=utf-8");

    /// <summary>Choosing, hovering and clicking a phase diagram.</summary>
    public static Asset Diagram { get; } = new("diagram.js", "text/javascript; charset=utf-8");

    /// <summary>Copying commands.</summary>
    public static Asset Copy { get; } = new("copy.js", "text/javascript; charset=utf-8");

    /// <summary>Line numbers beside a spec.</summary>
    public static Asset Spec { get; } = new("spec.js", "text/javascript; charset=utf-8");

    public static IReadOnlyList<Asset> All { get; } = [Style, Icon, Live, Diagram, Copy, Spec];

    /// <summary>File name with the hash.</summary>
    public string Name { get; }

    public string ContentType { get; }

    public byte[] Bytes { get; }

    public string Address => $"{AssetRoutes.Prefix}/{Name}";
}
