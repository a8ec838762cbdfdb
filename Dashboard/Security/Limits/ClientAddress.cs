using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Sweeps.Dashboard.Security.Limits;

/// <summary>Who is counted as one: an address, or with IPv6 the network of 64 bits that one customer has.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return IPAddress.IsLoopback(address) ? address.ToString() : $"{new IPAddress(bytes)}/64";
    }
}
