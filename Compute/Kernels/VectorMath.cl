/* Elementary functions of one single-precision number, operation by operation those of VectorMath.cs, so that the bits agree. */
#pragma once

/* 2^y for y < 126; 2^-125 for y < -125. */
DEVICE_FUNCTION float exp2_of(float y)
{
    float clamped = -125.0f > y ? -125.0f : y;
    /* 1.5 * 2^23 rounds to the nearest integer, and leaves it in the low bits of the sum. */
    float shifted = clamped + 12582912.0f;
    float f = clamped - (shifted - 12582912.0f);
    float p = 0.00134099997f;
    p = FMA(p, f, 0.00967603642f);
    p = FMA(p, f, 0.0555029735f);
    p = FMA(p, f, 0.240221068f);
    p = FMA(p, f, 0.693147242f);
    p = FMA(p, f, 1.0f);
    return AS_FLOAT(AS_U32(p) + (AS_U32(shifted) << 23));
}

/* e^(-2|y|) */
DEVICE_FUNCTION float exp_of_minus_twice_absolute(float y) { return exp2_of(ABS(y) * -2.88539008f); }

DEVICE_FUNCTION float tanh_of(float y)
{
    float e = exp_of_minus_twice_absolute(y);
    float magnitude = (1.0f - e) / (1.0f + e);
    return AS_FLOAT(AS_U32(magnitude) | (AS_U32(y) & 0x80000000u));
}

/* ln u for normal positive u. */
DEVICE_FUNCTION float log_of(float u)
{
    int exponent = (AS_INT(u) - 0x3F2AAAAB) >> 23;
    float t = AS_FLOAT(AS_U32(u) - ((U32)exponent << 23)) - 1.0f;
    float p = 0.144347563f;
    p = FMA(p, t, -0.154032409f);
    p = FMA(p, t, 0.139035046f);
    p = FMA(p, t, -0.164127827f);
    p = FMA(p, t, 0.200177878f);
    p = FMA(p, t, -0.250080287f);
    p = FMA(p, t, 0.333330393f);
    p = FMA(p, t, -0.499999315f);
    p = FMA(p, t, 1.0f);
    return FMA((float)exponent, 0.693147182f, p * t);
}

/* Sine and cosine of y in [-pi/4, pi/4]. */
typedef struct { float sine; float cosine; } SineCosine;

DEVICE_FUNCTION SineCosine sine_cosine_of(float y)
{
    float y2 = y * y;
    SineCosine r;
    r.sine = -0.00019504022f;
    r.sine = FMA(r.sine, y2, 0.00833203644f);
    r.sine = FMA(r.sine, y2, -0.166666508f);
    r.sine = FMA(r.sine * y2, y, y);
    r.cosine = -0.0013585909f;
    r.cosine = FMA(r.cosine, y2, 0.0416550264f);
    r.cosine = FMA(r.cosine, y2, -0.499998569f);
    r.cosine = FMA(r.cosine, y2, 1.0f);
    return r;
}
