"""The fake index keeps the contract, so that what is tested with it holds."""

import pytest

from tests.contract.index_contract import SearchIndexContract
from tests.fakes import FakeIndex
from woo.analysis import DutchAnalysis


class TestFakeIndex(SearchIndexContract):
    @pytest.fixture
    def index(self, analysis: DutchAnalysis):
        return FakeIndex(analysis)
