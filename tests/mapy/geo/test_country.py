"""Which country holds a point: exclaves, enclaves, twin towns, islands, the poles and the sea."""

from __future__ import annotations

import math

import pytest

from mapy.geo import Country, country_of

BORDERS = [
    ("Strasbourg cathedral, 3 km from Germany", 48.5818, 7.7510, "FR"),
    ("Kehl, across the Rhine", 48.5730, 7.8080, "DE"),
    ("Basel, the market place", 47.5580, 7.5880, "CH"),
    ("Saint-Louis, beside Basel", 47.5880, 7.5600, "FR"),
    ("Weil am Rhein, beside Basel", 47.5950, 7.6110, "DE"),
    ("Geneva", 46.2044, 6.1432, "CH"),
    ("Annemasse, beside Geneva", 46.1930, 6.2370, "FR"),
    ("Görlitz", 51.1530, 14.9780, "DE"),
    ("Zgorzelec, across the Neisse", 51.1500, 15.0100, "PL"),
    ("Cieszyn", 49.7500, 18.6330, "PL"),
    ("Český Těšín, across the Olza", 49.7460, 18.6130, "CZ"),
    ("Narva", 59.3770, 28.1900, "EE"),
    ("Ivangorod, across the river", 59.3700, 28.2200, "RU"),
    ("Tornio", 65.8480, 24.1470, "FI"),
    ("Haparanda, beside Tornio", 65.8350, 24.1370, "SE"),
    ("El Paso", 31.7619, -106.4850, "US"),
    ("Ciudad Juárez, across the Rio Grande", 31.7200, -106.4600, "MX"),
    ("Detroit", 42.3314, -83.0458, "US"),
    ("Windsor, south of Detroit", 42.3000, -83.0200, "CA"),
    ("Niagara Falls, Ontario", 43.0900, -79.0850, "CA"),
    ("Tijuana", 32.5149, -117.0382, "MX"),
    ("Ciudad del Este", -25.5090, -54.6110, "PY"),
    ("Foz do Iguaçu", -25.5470, -54.5880, "BR"),
    ("Kinshasa", -4.3250, 15.3220, "CD"),
    ("Brazzaville, across the Congo", -4.2700, 15.2800, "CG"),
    ("Goma", -1.6740, 29.2250, "CD"),
    ("Gisenyi, beside Goma", -1.7000, 29.2560, "RW"),
    ("Jerusalem, west", 31.7800, 35.2100, "IL"),
    ("Ramallah", 31.9020, 35.2030, "PS"),
    ("Gaza", 31.5017, 34.4668, "PS"),
    ("Hong Kong", 22.2800, 114.1600, "HK"),
    ("Shenzhen", 22.5431, 114.0579, "CN"),
    ("Macau", 22.1987, 113.5439, "MO"),
    ("Johor Bahru", 1.4800, 103.7500, "MY"),
    ("Singapore", 1.2900, 103.8500, "SG"),
    ("Simferopol", 44.9520, 34.1020, "UA"),
    ("the Golan Heights", 33.0000, 35.7500, "SY"),
    ("Abyei", 9.5953, 28.4349, "SD"),
    ("Pristina", 42.6629, 21.1655, "XK"),
]
ENCLAVES = [
    ("Vatican City, the basilica", 41.9022, 12.4539, "VA"),
    ("Rome, the Colosseum", 41.8902, 12.4922, "IT"),
    ("San Marino", 43.9360, 12.4470, "SM"),
    ("Monaco", 43.7384, 7.4246, "MC"),
    ("Vaduz", 47.1410, 9.5210, "LI"),
    ("Andorra la Vella", 42.5063, 1.5218, "AD"),
    ("Lesotho, Thaba-Tseka", -29.5200, 28.6100, "LS"),
    ("Büsingen, in Switzerland", 47.6960, 8.6900, "DE"),
    ("Campione, in Switzerland", 45.9690, 8.9700, "IT"),
    ("Llívia, in France", 42.4640, 1.9810, "ES"),
    ("Kaliningrad", 54.7104, 20.4522, "RU"),
    ("Ceuta", 35.8890, -5.3160, "ES"),
    ("Melilla", 35.2920, -2.9380, "ES"),
    ("Gibraltar, the rock", 36.1300, -5.3460, "GI"),
    ("Alaska, Fairbanks", 64.8378, -147.7164, "US"),
    ("Nakhchivan", 39.2090, 45.4120, "AZ"),
    ("Cabinda", -5.5600, 12.2000, "AO"),
    ("Oecusse, in Timor", -9.2050, 124.3600, "TL"),
    ("Musandam, Khasab", 26.1800, 56.2500, "OM"),
    ("Bandar Seri Begawan", 4.8900, 114.9400, "BN"),
    ("Banjul", 13.4500, -16.5800, "GM"),
]
ISLANDS = [
    ("Réunion", -21.1000, 55.5000, "RE"),
    ("Guadeloupe", 16.2400, -61.5300, "GP"),
    ("Cayenne", 4.9200, -52.3100, "GF"),
    ("Mayotte", -12.7800, 45.2300, "YT"),
    ("Bonaire", 12.1500, -68.2700, "BQ"),
    ("Longyearbyen", 78.2200, 15.6500, "SJ"),
    ("Christmas Island", -10.4900, 105.6300, "CX"),
    ("Nuuk", 64.1800, -51.7200, "GL"),
    ("Valletta", 35.8980, 14.5140, "MT"),
    ("Capri", 40.5507, 14.2426, "IT"),
    ("Hooge, a Hallig", 54.5700, 8.5480, "DE"),
    ("Malé", 4.1750, 73.5090, "MV"),
    ("Funafuti", -8.5200, 179.1940, "TV"),
    ("Suva", -18.1400, 178.4400, "FJ"),
    ("Taveuni, west of the date line", -16.8200, 179.9700, "FJ"),
    ("Taveuni, east of the date line", -16.8200, -179.9900, "FJ"),
    ("Chukotka, on the date line", 67.0000, 180.0000, "RU"),
    ("Chukotka, on the date line from the east", 67.0000, -180.0000, "RU"),
    ("Provideniya, east of the date line", 64.4200, -173.2300, "RU"),
    ("Attu, west of the date line", 52.9000, 172.9000, "US"),
    ("Easter Island", -27.1200, -109.3500, "CL"),
    ("Tristan da Cunha", -37.1100, -12.2800, "SH"),
    ("the South Pole", -90.0, 0.0, "AQ"),
    ("the South Pole, whatever the longitude", -90.0, 123.0, "AQ"),
]
SEA = [
    ("the Gulf of Guinea", 0.0, 0.0),
    ("the North Pole", 90.0, 0.0),
    ("the sea at Fiji, east of the date line", -18.0, -179.999),
    ("the sea at Fiji, west of the date line", -17.67, 179.99),
    ("the mid Atlantic", 30.0, -40.0),
    ("the Pacific on the date line", 0.0, 180.0),
    ("the Pacific on the date line from the east", 0.0, -180.0),
    ("the Mediterranean", 38.0, 5.5),
    ("the Baltic", 58.0, 20.0),
    ("the North Sea", 56.0, 3.0),
    ("the Gulf of Mexico", 25.0, -90.0),
    ("the Southern Ocean", -60.0, 100.0),
]


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [pytest.param(*point[1:], id=point[0]) for point in BORDERS + ENCLAVES + ISLANDS],
)
def test_names_the_country_that_holds_the_land(
    latitude: float, longitude: float, code: str
) -> None:
    """Border towns, enclaves, exclaves, territories and islands are told apart."""
    country = country_of(latitude, longitude)
    assert country is not None
    assert country.code == code


@pytest.mark.parametrize(
    ("latitude", "longitude"), [pytest.param(*point[1:], id=point[0]) for point in SEA]
)
def test_names_no_country_at_sea(latitude: float, longitude: float) -> None:
    """Far from land there is no country to name."""
    assert country_of(latitude, longitude) is None


def test_the_patchwork_of_baarle_is_its_surroundings() -> None:
    """A known limit: enclaves of a few streets, of a town whose list entry stands elsewhere."""
    assert country_of(51.4430, 4.9290) == Country("NL", "The Netherlands")  # Belgium, in truth


def test_a_pier_still_belongs_to_its_country() -> None:
    """A coast is drawn roughly: a few kilometres out are the country's."""
    assert country_of(54.1620, 7.3) is None
    assert country_of(51.5140, 0.7220) == Country("GB", "United Kingdom")  # Southend Pier


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (math.nan, 0.0),
        (0.0, math.nan),
        (math.inf, 0.0),
        (0.0, -math.inf),
        (90.001, 0.0),
        (0.0, 180.001),
        (-1e300, 0.0),
    ],
)
def test_refuses_what_is_no_place(latitude: float, longitude: float) -> None:
    """Numbers that no place on the Earth has are refused, not guessed at."""
    with pytest.raises(ValueError, match="is a number from"):
        country_of(latitude, longitude)


def test_every_country_of_the_list_has_a_code_and_a_name() -> None:
    """Two capital letters and a name, for each country that can be met on a walk over the globe."""
    found = {
        country
        for latitude in range(-90, 91, 3)
        for longitude in range(-180, 181, 3)
        if (country := country_of(latitude, longitude)) is not None
    }
    assert len(found) > 130
    assert all(len(code) == 2 and code.isupper() and name for code, name in found)
